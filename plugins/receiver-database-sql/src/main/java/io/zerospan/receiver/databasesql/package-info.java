/** The receiver {@code database_sql}. */
@NullMarked
package io.zerospan.receiver.databasesql;

import org.jspecify.annotations.NullMarked;
