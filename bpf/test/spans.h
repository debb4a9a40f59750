/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Records read back from the ring buffer, strictly: whatever wire.h does not promise fails the test. */
#pragma once

#include "probes.h"
#include <zerospan/wire.h>

struct span {
	struct zs_event event;
	/* Everything but ids: "server 100/17 1000..3000 method=GET status=200", attributes in the record's order. */
	char text[ZS_RECORD_MAX * 2];
};

/* The oldest record; there must be one. */
struct span take_span(void);
/* The oldest record of a goroutine; what lies before it is dropped. */
struct span take_span_of(__u64 goid);
/* So many spans that never ended, the innermost first, and how that came. */
void take_abandoned(int number, __u8 end);
/* Process news: its type and tgid. There must be a record, and it must be news. */
__u32 take_news(__u16 *type, __u64 *start);

void expect_root(const struct span *span);
void expect_child(const struct span *child, const struct span *parent);
/* The parent is in another process or connection. */
void expect_remote_child(const struct span *child, const struct span *parent);
/* The text after "kind process/goroutine start..end ". */
const char *attributes(const struct span *span);
