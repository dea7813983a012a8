# Reprise. Apache-2.0; see LICENSE.
# shellcheck shell=bash
#
# Sourced by ./reprise and ./check: finds a JDK and a Maven that are new enough, and builds the
# command line. Runs on bash 3.2, which is what macOS has.

readonly LEAST_JAVA=25
readonly LEAST_MAVEN_MINOR=8

# One sentence to standard error, then exit code 1.
give_up() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# The path without symbolic links in its last part. (readlink -f is not on every macOS.)
resolve() {
  local path=$1 target
  while [ -L "$path" ]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  printf '%s\n' "$path"
}

# The feature version of the JDK at $1; nothing if there is none. Asks the "release" file, which
# every JDK has: to start a JVM for each candidate would take longer than the command itself.
java_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

new_enough() {
  local version
  version=$(java_version "$1")
  [ -n "$version" ] && [ "$version" -ge "$LEAST_JAVA" ]
}

# The homes of all javas on the PATH. One that is a version manager's script knows its own home.
java_homes_on_path() {
  local java home
  type -ap java | while IFS= read -r java; do
    home=$(dirname "$(dirname "$(resolve "$java")")")
    [ -r "$home/release" ] || home=$("$java" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.home = //p' || true)
    printf '%s\n' "$home"
  done
}

# The oldest that is new enough of those in the usual folders, so that the choice does not change
# when a newer one is installed.
usual_java_home() {
  local home
  for home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if new_enough "$home"; then
      printf '%s %s\n' "$(java_version "$home")" "$home"
    fi
  done | sort -n | sed -n '1s/^[0-9]* //p'
}

# Sets and exports JAVA_HOME. One that is too old is somebody else's business and passed over.
find_java() {
  local home
  if [ -n "${JAVA_HOME:-}" ] && new_enough "$JAVA_HOME"; then
    export JAVA_HOME
    return
  fi
  while IFS= read -r home; do
    if new_enough "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done < <(java_homes_on_path)
  JAVA_HOME=$(usual_java_home)
  [ -n "$JAVA_HOME" ] || give_up "there is no JDK $LEAST_JAVA or newer in JAVA_HOME, on the PATH or in \
the usual folders: install one (Debian 13, Ubuntu: apt-get install openjdk-$LEAST_JAVA-jdk-headless; \
macOS: brew install --cask temurin@$LEAST_JAVA), or set JAVA_HOME to it"
  export JAVA_HOME
}

# Needs JAVA_HOME. The options keep a Maven that is older than the JDK from warning about itself,
# and from leaving colour codes in a log.
find_maven() {
  local version major minor
  export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
-Djansi.noreset=true ${MAVEN_OPTS:-}"
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' || true)
  major=${version%%.*}
  minor=${version##*.}
  if [ -z "$version" ] || [ "$major" -lt 3 ] ||
    { [ "$major" -eq 3 ] && [ "$minor" -lt "$LEAST_MAVEN_MINOR" ]; }; then
    give_up "there is no Maven 3.$LEAST_MAVEN_MINOR or newer on the PATH: install one (Debian, Ubuntu: \
apt-get install maven; macOS: brew install maven)"
  fi
}
