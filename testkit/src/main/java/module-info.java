/* Reprise. Apache-2.0; see LICENSE. */
/** For tests only. */
module dev.reprise.testkit {
  requires io.netty.pkitesting;
  requires static transitive org.jspecify;
  requires transitive jdk.jfr;

  exports dev.reprise.testkit;
  exports dev.reprise.testkit.redis;
  exports dev.reprise.testkit.rules;
}
