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

# Each program that a script starts takes some milliseconds of every command: what bash can do by
# itself it does, and what a function finds is in a variable.

# Sets RESOLVED to the path $1 without symbolic links in its last part. (readlink -f is not on every
# macOS.)
resolve() {
  local target
  RESOLVED=$1
  while [ -L "$RESOLVED" ]; do
    target=$(readlink "$RESOLVED")
    case $target in
      /*) RESOLVED=$target ;;
      *) RESOLVED=${RESOLVED%/*}/$target ;;
    esac
  done
}

# Sets VERSION to the feature version of the JDK at $1, or to nothing if there is none. Asks the
# "release" file, which every JDK has: to start a JVM for each candidate would take longer than the
# command itself.
java_version() {
  local line
  VERSION=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=\"*)
        line=${line#*\"}
        VERSION=${line%%[!0-9]*}
        ;;
    esac
  done <"$1/release"
}

new_enough() {
  java_version "$1"
  [ -n "$VERSION" ] && [ "$VERSION" -ge "$LEAST_JAVA" ]
}

# Sets HOME_OF_JAVA to the home of the command $1. A version manager's script knows its own home.
home_of_java() {
  resolve "$1"
  HOME_OF_JAVA=${RESOLVED%/*}
  HOME_OF_JAVA=${HOME_OF_JAVA%/*}
  [ -r "$HOME_OF_JAVA/release" ] ||
    HOME_OF_JAVA=$("$1" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.home = //p' || true)
}

# Sets JAVA_HOME to that of the first java on the PATH that is new enough, if there is one.
find_java_on_path() {
  local java last=
  while IFS= read -r java; do
    if ! [ "$java" -ef "$last" ]; then
      home_of_java "$java"
      if new_enough "$HOME_OF_JAVA"; then
        JAVA_HOME=$HOME_OF_JAVA
        return
      fi
    fi
    last=$java
  done < <(type -ap java)
}

# Sets JAVA_HOME to the oldest that is new enough of those in the usual folders, so that the choice
# does not change when a newer one is installed.
find_usual_java() {
  local home least=
  for home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if new_enough "$home" && { [ -z "$least" ] || [ "$VERSION" -lt "$least" ]; }; then
      least=$VERSION
      JAVA_HOME=$home
    fi
  done
}

# Sets and exports JAVA_HOME. One that is too old is somebody else's business and passed over.
find_java() {
  if [ -z "${JAVA_HOME:-}" ] || ! new_enough "$JAVA_HOME"; then
    JAVA_HOME=
    find_java_on_path
    [ -n "$JAVA_HOME" ] || find_usual_java
  fi
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
