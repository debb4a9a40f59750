/** The command line: one class per command, and the log on stderr. */
@NullMarked
package io.zerospan.host.cli;

import org.jspecify.annotations.NullMarked;
