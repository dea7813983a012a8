# Reprise. Apache-2.0; see LICENSE.
# shellcheck shell=bash
#
# Sourced by ./reprise: builds the command line when its sources are newer. Needs ROOT.

# All that the class path consists of; filled by cli's part of the build.
LIBRARIES=$ROOT/cli/target/lib
# "began" and "ended" are as old as the last build's begin and end.
STATE=$ROOT/target/launch

# A source, or a folder that has lost one, newer than the build's begin; or a class path that
# somebody else has touched since its end, perhaps to leave it half filled.
stale() {
  [ -e "$STATE/ended" ] || return 0
  [ ! "$LIBRARIES" -nt "$STATE/ended" ] || return 0
  compgen -G "$LIBRARIES/reprise-cli-*.jar" >/dev/null || return 0
  [ -n "$(find "$ROOT/pom.xml" "$ROOT/.mvn" "$ROOT"/*/pom.xml "$ROOT"/*/src/main \
    -newer "$STATE/began" -print 2>/dev/null | head -n 1)" ]
}

# Tests are neither run nor compiled, nothing is installed outside this folder, and standard
# output stays the command's own.
build() {
  find_maven
  printf '%s: building it first; this takes a minute or two\n' "${0##*/}" >&2
  : >"$STATE/beginning"
  (cd "$ROOT" && mvn -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true \
    -pl cli -am package) >&2 </dev/null ||
    give_up "the build has failed, for the reason above; ./check shows warnings too"
  "$JAVA_HOME/bin/java" "$ROOT/.launch/DropSignatures.java" "$LIBRARIES" >&2 ||
    give_up "the signatures of libraries could not be taken out, for the reason above"
  mv "$STATE/beginning" "$STATE/began"
  : >"$STATE/ended"
  keep_classes
}

# Loaded and linked classes, kept from a short run of the gateway: later starts take half the time
# (JEP 514). Without them, or with those of another JVM, all goes on as well, only slower.
CLASSES=$STATE/classes.aot
CLASSES_OF=$STATE/classes.jvm

keep_classes() {
  local said=$STATE/classes.log pid _
  rm -f "$CLASSES" "$CLASSES_OF"
  : >"$said"
  "$JAVA_HOME/bin/java" "${JVM_OPTIONS[@]}" -XX:AOTCacheOutput="$CLASSES" \
    -cp "$LIBRARIES/*" dev.reprise.cli.Main serve --listen 127.0.0.1:0 --admin 127.0.0.1:0 \
    >"$said" 2>&1 </dev/null &
  pid=$!
  for _ in {1..300}; do
    if grep -q ' listening on ' "$said" || ! kill -0 "$pid" 2>/dev/null; then
      break
    fi
    sleep 0.1
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  this_jvm
  printf '%s\n' "$JVM" >"$CLASSES_OF"
}

# Sets JVM to what an archive of classes belongs to: this JVM, and these jars at this place.
this_jvm() {
  JVM="$(<"$JAVA_HOME/release")
$JAVA_HOME
$LIBRARIES"
}

# Sets CLASSES_OPTION to what a JVM is to be given, if there is something for it.
# shellcheck disable=SC2034
find_classes() {
  CLASSES_OPTION=()
  [ -s "$CLASSES" ] && [ -r "$CLASSES_OF" ] || return 0
  this_jvm
  if [ "$JVM" = "$(<"$CLASSES_OF")" ]; then
    CLASSES_OPTION=(-XX:AOTCache="$CLASSES")
  fi
}

# Two that are started at once must not build at once: the second waits, and finds it done.
build_if_stale() {
  stale || return 0
  mkdir -p "$STATE"
  if command -v flock >/dev/null; then
    (
      flock 9
      if stale; then build; fi
    ) 9>"$STATE/lock"
  else
    lock_by_link
    if stale; then build; fi
    unlock_link
    trap - EXIT
  fi
}

# Where there is no flock: a link can be made once, and says by what it points to who holds the
# lock. One left by a process that has died is taken away.
lock_by_link() {
  local holder
  until ln -s "$$" "$STATE/lock-link" 2>/dev/null; do
    holder=$(readlink "$STATE/lock-link" || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      unlock_link
    else
      sleep 1
    fi
  done
  trap unlock_link EXIT
}

unlock_link() {
  rm -f "$STATE/lock-link"
}
