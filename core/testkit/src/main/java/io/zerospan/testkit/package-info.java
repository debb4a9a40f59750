/** What tests of plugins share: a span builder, fakes of what the host gives, and the contract every plugin keeps. */
@NullMarked
package io.zerospan.testkit;

import org.jspecify.annotations.NullMarked;
