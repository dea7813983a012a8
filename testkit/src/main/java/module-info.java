/* Reprise. Apache-2.0; see LICENSE. */
/** For tests only. */
module dev.reprise.testkit {
  requires io.netty.pkitesting;
  requires static transitive org.jspecify;

  exports dev.reprise.testkit;
}
