/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a client's span says of its request and of the answer. */
#pragma once

GO_FIELD(req_method, "net/http.Request", "Method");
GO_FIELD(req_url, "net/http.Request", "URL");
GO_FIELD(req_ctx, "net/http.Request", "ctx");
GO_FIELD(req_header, "net/http.Request", "Header");
GO_FIELD(req_response, "net/http.Request", "Response");
GO_FIELD(url_scheme, "net/url.URL", "Scheme");
GO_FIELD(url_opaque, "net/url.URL", "Opaque");
GO_FIELD(url_user, "net/url.URL", "User");
GO_FIELD(url_host, "net/url.URL", "Host");
GO_FIELD(url_path, "net/url.URL", "Path");
GO_FIELD(url_raw_path, "net/url.URL", "RawPath");
GO_FIELD(url_raw_query, "net/url.URL", "RawQuery");
GO_FIELD(resp_status, "net/http.Response", "StatusCode");
GO_FIELD(resp_request, "net/http.Response", "Request");
GO_FIELD(resp_header, "net/http.Response", "Header");
GO_FIELD(resp_proto_major, "net/http.Response", "ProtoMajor");
GO_FIELD(resp_proto_minor, "net/http.Response", "ProtoMinor");

SPAN_ATTR_TEXT(attr_method, "zs.method");
SPAN_ATTR_TEXT(attr_scheme, "zs.scheme");
SPAN_ATTR_TEXT(attr_opaque, "zs.opaque");
SPAN_ATTR_BOOL(attr_user, "zs.user");
SPAN_ATTR_TEXT(attr_host, "zs.host");
SPAN_ATTR_TEXT(attr_path, "zs.path");
SPAN_ATTR_TEXT(attr_raw_path, "zs.raw_path");
SPAN_ATTR_TEXT(attr_query, "zs.query");
SPAN_ATTR_ADDR(attr_peer, "network.peer");
SPAN_ATTR_INT(attr_resends, "http.request.resend_count");
SPAN_ATTR_INT(attr_status, "http.response.status_code");
SPAN_ATTR_INT(attr_major, "zs.proto_major");
SPAN_ATTR_INT(attr_minor, "zs.proto_minor");
SPAN_ATTR_GO_TYPE(attr_error, "error.type");
SPAN_ATTR_NAMED(attr_request_header, "http.request.header");
SPAN_ATTR_NAMED(attr_response_header, "http.response.header");
SPAN_ATTR_INT(attr_unread, "zs.unread");
SPAN_ATTR_TEXT(attr_tracestate, "zs.tracestate");

/* Bits of "zs.unread": what is there but could not be read, where leaving it out would say something else. */
enum unread {
	UNREAD_METHOD = 1, /* an empty one means GET */
	UNREAD_URL = 2,	   /* or a part of it: the rest would be another URL */
	UNREAD_ERROR = 4,  /* without its type the call would look like a success */
};

/*
 * Where these bits stand while a record is built: behind it and behind blocks, where no attribute reaches. In a variable the
 * verifier would follow each way in which they can come about, 14 times as many.
 */
static __always_inline __u32 *unread_of(struct zs_slot *slot)
{
	return (__u32 *)(zs_block_bytes(slot) + ZS_BLOCK_BYTES);
}

_Static_assert(ZS_BLOCK_BYTES + sizeof(__u32) <= ZS_SLACK, "lies in the slot");

/* Appends a part of the URL. */
static __always_inline void read_part(struct zs_slot *slot, __u16 id, const struct zs_block *url, __u32 offset)
{
	if (zs_attr_text_in(slot, id, url, offset))
		*unread_of(slot) |= UNREAD_URL;
}

static __always_inline void read_url(struct zs_slot *slot, __u64 url)
{
	struct zs_block block = ZS_BLOCK;
	__u64 user;

	zs_block_field(&block, url_scheme, sizeof(struct go_string));
	zs_block_field(&block, url_opaque, sizeof(struct go_string));
	zs_block_field(&block, url_host, sizeof(struct go_string));
	zs_block_field(&block, url_path, sizeof(struct go_string));
	zs_block_field(&block, url_raw_path, sizeof(struct go_string));
	zs_block_field(&block, url_raw_query, sizeof(struct go_string));
	zs_block_field(&block, url_user, sizeof(user));
	zs_block_read(slot, &block, url);
	read_part(slot, attr_scheme, &block, url_scheme);
	read_part(slot, attr_opaque, &block, url_opaque);
	read_part(slot, attr_host, &block, url_host);
	read_part(slot, attr_path, &block, url_path);
	read_part(slot, attr_raw_path, &block, url_raw_path);
	read_part(slot, attr_query, &block, url_raw_query);
	if (zs_block_word(slot, &block, url_user, &user))
		*unread_of(slot) |= UNREAD_URL;
	else if (user)
		zs_attr_bool(slot, attr_user, 1);
}

/* Redirects that are followed back to count them; net/http gives up at 10 unless it is told otherwise. */
#define REDIRECTS_MAX 16

/* A request that follows a redirect leads to the answer that sent it on, and that to its own request. */
static __always_inline void read_resends(struct zs_slot *slot, __u64 response, __u64 resends)
{
	__u64 request;

	for (int redirects = 0; response && redirects < REDIRECTS_MAX; redirects++, resends++) {
		request = go_read_pointer(response + resp_request);
		if (!request || go_read(&response, sizeof(response), request + req_response))
			return;
	}
	if (resends)
		zs_attr_int(slot, attr_resends, resends);
}

/* resends: how often net/http has sent it again by itself. What can't be read is noted in unread_of. */
static __always_inline void read_request(struct zs_slot *slot, __u64 request, __u64 resends)
{
	struct zs_block block = ZS_BLOCK;
	__u64 url, response;
	int known;

	*unread_of(slot) = 0;
	zs_block_field(&block, req_method, sizeof(struct go_string));
	zs_block_field(&block, req_url, sizeof(url));
	zs_block_field(&block, req_response, sizeof(response));
	zs_block_read(slot, &block, request);
	if (zs_block_word(slot, &block, req_url, &url))
		url = 0;
	known = !zs_block_word(slot, &block, req_response, &response);
	if (zs_attr_text_in(slot, attr_method, &block, req_method))
		*unread_of(slot) |= UNREAD_METHOD;
	if (url)
		read_url(slot, url);
	if (known)
		read_resends(slot, response, resends);
}

/* Of the last attempt alone: an earlier one's record is written too deep in the stack. */
static __always_inline void read_request_headers(struct zs_slot *slot, __u64 request)
{
	if (zs_capture_lengths[ZS_CLIENT_REQUEST])
		zs_capture_headers(slot, ZS_CLIENT_REQUEST, go_read_pointer(request + req_header), attr_request_header);
}

static __always_inline void read_response(struct zs_slot *slot, __u64 response)
{
	struct zs_block block = ZS_BLOCK;
	__u64 value;

	zs_block_field(&block, resp_status, sizeof(value));
	zs_block_field(&block, resp_proto_major, sizeof(value));
	zs_block_field(&block, resp_proto_minor, sizeof(value));
	zs_block_read(slot, &block, response);
	if (!zs_block_word(slot, &block, resp_status, &value))
		zs_attr_int(slot, attr_status, value);
	if (!zs_block_word(slot, &block, resp_proto_major, &value))
		zs_attr_int(slot, attr_major, value);
	if (!zs_block_word(slot, &block, resp_proto_minor, &value))
		zs_attr_int(slot, attr_minor, value);
	if (zs_capture_lengths[ZS_CLIENT_RESPONSE])
		zs_capture_headers(slot, ZS_CLIENT_RESPONSE, go_read_pointer(response + resp_header),
				   attr_response_header);
}

/* type: of the error with which the call or attempt ended, if there was one. The last of a record. */
static __always_inline void read_error(struct zs_slot *slot, int failed, __u64 type)
{
	zs_attr_go_type(slot, attr_error, type);
	if (failed && !type)
		*unread_of(slot) |= UNREAD_ERROR;
	if (*unread_of(slot))
		zs_attr_int(slot, attr_unread, *unread_of(slot));
}
