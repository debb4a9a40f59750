/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Whose word counts: a span that somebody names who is not trusted is a link. */
#include "fake_kernel.h"
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>
#include <zerospan/pushed.h>

static const struct header both[] = {{"Traceparent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"}},
				     {"Tracestate", {"a=1"}}};
#define LINKED "link=0af7651916cd43dd8448eb211c80319cb7ad6b7169203331,unsampled"

static void trust(__u8 first, int bits)
{
	struct zs_network networks[ZS_TRUSTED_MAX] = {};
	__u8 *address = (__u8 *)networks[1].address, *mask = (__u8 *)networks[1].mask;

	memset(&networks[0].mask, 0xff, 16); /* ::, who is nobody */
	memset(address + 10, 0xff, 2);
	address[12] = first;
	for (int i = 0; i < 96 + bits; i++)
		mask[i / 8] |= 0x80 >> i % 8;
	probes_fill(SERVER, "zs_trusted", networks, sizeof(networks));
	probes_set("zs_trust", 1 + 2);
}

static struct exchange an_exchange(void)
{
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());

	probes_set("zs_header_formats", 1);
	go_put(exchange.request + REQUEST_HEADER, go_swiss_small(both, 2));
	return exchange;
}

static struct span serve(void)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	int entries = kernel_entries(ZS_KEY_REMOTE);

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	server_close(goroutine);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_REMOTE), entries);
	return take_span();
}

TEST(caller_inATrustedNetwork_isTheParent)
{
	struct span span;

	trust(10, 8);
	span = serve();
	EXPECT_EQUAL(span.event.parent_id != 0, 1);
	EXPECT(!strstr(span.text, "link="));
}

TEST(caller_elsewhere_isALinkOfARoot)
{
	struct span span;

	trust(11, 8);
	span = serve();
	expect_root(&span);
	EXPECT(strstr(span.text, LINKED));
	EXPECT(!strstr(span.text, "tracestate="));
}

TEST(nobodyTrusted_everyCallerIsALink)
{
	struct span span;

	probes_set("zs_trust", 1);
	span = serve();
	expect_root(&span);
	EXPECT(strstr(span.text, LINKED));
}

TEST(networkOfNoBits_isEverybody)
{
	struct span span;

	trust(0, -96);
	span = serve();
	EXPECT_EQUAL(span.event.parent_id != 0, 1);
}

TEST(connection_thatIsNotKnown_isNotTrusted)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_interface_of(TYPE_BACKGROUND, go_alloc(0x10))), A_REQUEST());
	struct span span;

	trust(0, -96);
	probes_set("zs_header_formats", 1);
	go_put(exchange.request + REQUEST_HEADER, go_swiss_small(both, 2));
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	span = take_span();
	expect_root(&span);
	EXPECT(strstr(span.text, LINKED));
}

TEST(link_ofARequestThatIsLeftOpen_goesWithTheNextOne)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	int entries = kernel_entries(ZS_KEY_REMOTE);

	probes_set("zs_trust", 1);
	server_start(goroutine, an_exchange());
	server_start(goroutine, an_exchange());
	server_close(goroutine);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_REMOTE), entries);
}
