/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Headers as attributes: those that a user listed, and tracestate. */
#include "fake_kernel.h"
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>
#include <zerospan/pushed.h>

#define TRACEPARENT "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

/* As the host does it. */
static void capture(int place, const char *name, __u32 sides)
{
	static struct zs_captured wanted[ZS_CAPTURE_MAX];
	static __u64 lengths[ZS_SIDES];

	if (!place) {
		memset(wanted, 0, sizeof(wanted));
		memset(lengths, 0, sizeof(lengths));
	}
	strncpy((char *)wanted[place].name, name, ZS_NAME_BYTES);
	wanted[place].length = strlen(name);
	wanted[place].sides = sides;
	for (int side = 0; side < ZS_SIDES; side++)
		if (sides >> side & 1)
			lengths[side] |= 1ull << strlen(name);
	for (int probe = SERVER; probe <= CLIENT; probe++) {
		probes_fill(probe, "zs_capture", wanted, sizeof(wanted));
		probes_fill(probe, "zs_capture_lengths", lengths, sizeof(lengths));
	}
}

static const char *headers_of(const struct span *span)
{
	const char *text = attributes(span);
	const char *found = strstr(text, "tracestate=");

	return found ? found : (found = strstr(text, "in=")) ? found : (found = strstr(text, "out=")) ? found : "";
}

static struct span serve(go_ptr request_headers, go_ptr response_headers)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());

	go_put(exchange.request + REQUEST_HEADER, request_headers);
	go_put(exchange.response + RESPONSE_HEADER, response_headers);
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(probes_slots_busy(), 0);
	return take_span();
}

static const struct header sent[] = {{"X-Tenant", {"acme", "", "emca"}}, {"X-Other", {"other"}}, {"Accept", {"*"}}};
static const struct header answered[] = {{"X-Other", {"answer"}}, {"X-Tenant", {"nobody's"}}};

TEST(headers_thatAreListed_areAttributes)
{
	struct span span;

	capture(0, "X-Tenant", 1 << ZS_SERVER_REQUEST);
	capture(1, "X-Other", 1 << ZS_SERVER_RESPONSE | 1 << ZS_CLIENT_REQUEST);
	span = serve(go_swiss_small(sent, 3), go_swiss_small(answered, 2));
	EXPECT_TEXT(headers_of(&span), "in=X-Tenant:acme in=X-Tenant: in=X-Tenant:emca out=X-Other:answer status=200");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(headers_ofClassicMaps_areAttributes)
{
	struct span span;

	probes_set("zs_swiss_maps", 0);
	capture(0, "X-Tenant", 1 << ZS_SERVER_REQUEST);
	span = serve(go_classic_map(sent, 3, 0), 0);
	EXPECT_TEXT(headers_of(&span), "in=X-Tenant:acme in=X-Tenant: in=X-Tenant:emca status=200");
}

TEST(headers_thatNobodyListed_areNotRead)
{
	struct span span = serve(1, 1);

	EXPECT_TEXT(headers_of(&span), "");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(header_ofTheSameLengthAsAListedOne_isAnother)
{
	struct header other = {"X-Tenanz", {"acme"}};
	struct span span;

	capture(0, "X-Tenant", 1 << ZS_SERVER_REQUEST);
	span = serve(go_swiss_small(&other, 1), 0);
	EXPECT_TEXT(headers_of(&span), "");
}

TEST(header_ofTheLongestName_isRead)
{
	struct header longest = {"X-A-Name-Of-47-Characters-Which-Is-The-Longest-1", {"x"}};
	char name[ZS_NAME_BYTES];
	struct span span;

	strncpy(name, longest.name, sizeof(name));
	name[47] = 0;
	longest.name = name;
	capture(0, name, 1 << ZS_SERVER_REQUEST);
	span = serve(go_swiss_small(&longest, 1), 0);
	EXPECT_TEXT(headers_of(&span), "in=X-A-Name-Of-47-Characters-Which-Is-The-Longest-:x status=200");
}

TEST(header_thatIsTooLong_isCut)
{
	static char value[ZS_TEXT_MAX + 1];
	struct header large = {"X-Tenant", {value}};
	struct span span;

	memset(value, 'v', ZS_TEXT_MAX);
	capture(0, "X-Tenant", 1 << ZS_SERVER_REQUEST);
	span = serve(go_swiss_small(&large, 1), 0);
	EXPECT_TEXT(headers_of(&span), "in=X-Tenant:976*v,cut status=200");
}

TEST(header_thatIsNotThere_isCountedAndTheOthersStay)
{
	go_ptr map = go_swiss_small(sent, 1);
	struct span span;

	go_lose(go_get(go_get(go_get(map + 16) + 8 + 16))); /* the bytes of the first slot's first value */
	capture(0, "X-Tenant", 1 << ZS_SERVER_REQUEST);
	span = serve(map, 0);
	EXPECT_TEXT(headers_of(&span), "in=X-Tenant: in=X-Tenant:emca status=200");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(headers_ofAClientCall_areAttributes)
{
	struct goroutine goroutine = go_routine(&DESK, 17);
	go_ptr request = go_client_request("GET", A_URL(), go_background());
	go_ptr reply = go_reply(200);
	struct span span;

	capture(0, "X-Tenant", 1 << ZS_CLIENT_REQUEST);
	capture(1, "X-Other", 1 << ZS_CLIENT_RESPONSE | 1 << ZS_SERVER_REQUEST);
	go_put(request + REQUEST_HEADER, go_swiss_small(sent, 3));
	go_put(reply + REPLY_HEADER, go_swiss_small(answered, 2));
	client_start(goroutine, request);
	client_end(goroutine, reply);
	span = take_span();
	EXPECT(strstr(span.text, "in=X-Tenant:acme in=X-Tenant: in=X-Tenant:emca "));
	EXPECT(strstr(span.text, "out=X-Other:answer"));
	EXPECT(!strstr(span.text, "in=X-Other"));
}

TEST(tracestate_besideAParent_isRead)
{
	struct header both[] = {{"Traceparent", {TRACEPARENT}}, {"Tracestate", {"a=1", "b=2"}}};
	struct span span;

	probes_set("zs_header_formats", 1);
	span = serve(go_swiss_small(both, 2), 0);
	EXPECT_TEXT(headers_of(&span), "tracestate=a=1 tracestate=b=2 status=200");
	EXPECT_EQUAL(span.event.flags, ZS_EVENT_REMOTE_PARENT | ZS_EVENT_DECIDED);
}

TEST(tracestate_withoutAValidParent_isNotRead)
{
	struct header both[] = {{"Traceparent", {"00-"}}, {"Tracestate", {"a=1", "b=2"}}};
	struct span span;

	probes_set("zs_header_formats", 1);
	span = serve(go_swiss_small(both, 2), 0);
	EXPECT_TEXT(headers_of(&span), "");
	span = serve(go_swiss_small(both + 1, 1), 0);
	EXPECT_TEXT(headers_of(&span), "");
}
