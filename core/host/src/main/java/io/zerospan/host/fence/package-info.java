/** What keeps a plugin's failure from becoming the host's. */
@NullMarked
package io.zerospan.host.fence;

import org.jspecify.annotations.NullMarked;
