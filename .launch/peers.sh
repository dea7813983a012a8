# Reprise. Apache-2.0; see LICENSE.
# shellcheck shell=bash
#
# Sourced by ./check: the programs of others that tests run against. This is the list of them.

# A command, and the Debian package that has it.
readonly PEERS="
openssl openssl
curl curl
gnutls-cli gnutls-bin
redis-server redis-server
"

# The packages of those that are not there, on one line.
missing_peers() {
  local command package
  while read -r command package; do
    if [ -n "$command" ] && ! command -v "$command" >/dev/null; then
      printf '%s ' "$package"
    fi
  done <<<"$PEERS"
}

all_peers() {
  awk 'NF { printf "%s%s", separator, $1; separator = ", " }' <<<"$PEERS"
}

install_peers() {
  local packages
  packages=$(missing_peers)
  packages=${packages% }
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    give_up "tests need $packages: run 'sudo apt-get install -y $packages', or leave those tests out \
with ./check --without-peers"
  fi
  printf 'Installing %s\n' "$packages"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a list of words
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends $packages; } ||
    give_up "could not install $packages; ./check --without-peers leaves the tests out that need them"
}
