/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test shows that what these rules of {@code docs/rules.md} forbid is refused, or comes to
 * nothing.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Refuses {
  /** Ids, as {@code "E6"}. */
  String[] value();
}
