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
tstclnt libnss3-tools
nginx nginx
haproxy haproxy
"

# Where Debian has nginx and haproxy, which is not on everybody's path.
export PATH="$PATH:/usr/sbin"

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

# Debian's way to say that packages which are installed now shall not start their servers.
readonly POLICY=/usr/sbin/policy-rc.d

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update && apt-get -qq install -y --no-install-recommends "$@"
}

without_starting_servers() {
  if [ -e "$POLICY" ]; then
    "$@"
    return
  fi
  local code=0
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
  "$@" || code=$?
  rm -f "$POLICY"
  return "$code"
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
  # shellcheck disable=SC2086 # a list of words
  without_starting_servers apt_install $packages ||
    give_up "could not install $packages; ./check --without-peers leaves the tests out that need them"
}
