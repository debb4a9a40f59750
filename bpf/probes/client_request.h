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

/* Bits of "zs.unread": what is there but could not be read, where leaving it out would say something else. */
enum unread {
	UNREAD_METHOD = 1, /* an empty one means GET */
	UNREAD_URL = 2,	   /* or a part of it: the rest would be another URL */
	UNREAD_ERROR = 4,  /* without its type the call would look like a success */
};

static __always_inline int read_url(struct zs_slot *slot, __u64 url)
{
	__u64 user = 0;
	int unread = 0;

	unread |= zs_attr_text_at(slot, attr_scheme, url + url_scheme);
	unread |= zs_attr_text_at(slot, attr_opaque, url + url_opaque);
	unread |= zs_attr_text_at(slot, attr_host, url + url_host);
	unread |= zs_attr_text_at(slot, attr_path, url + url_path);
	unread |= zs_attr_text_at(slot, attr_raw_path, url + url_raw_path);
	unread |= zs_attr_text_at(slot, attr_query, url + url_raw_query);
	unread |= go_read(&user, sizeof(user), url + url_user);
	if (user)
		zs_attr_bool(slot, attr_user, 1);
	return unread;
}

/* Redirects that are followed back to count them; net/http gives up at 10 unless it is told otherwise. */
#define REDIRECTS_MAX 16

/* A request that follows a redirect leads to the answer that sent it on, and that to its own request. */
static __always_inline void read_resends(struct zs_slot *slot, __u64 request, __u64 resends)
{
	for (int redirects = 0; redirects < REDIRECTS_MAX; redirects++, resends++) {
		__u64 response;

		if (go_read(&response, sizeof(response), request + req_response))
			return;
		if (!response)
			break;
		request = go_read_pointer(response + resp_request);
		if (!request)
			return;
	}
	if (resends)
		zs_attr_int(slot, attr_resends, resends);
}

/* resends: how often net/http has sent it again by itself. Answers what could not be read, bits of enum unread. */
static __always_inline int read_request(struct zs_slot *slot, __u64 request, __u64 resends)
{
	__u64 url = go_read_pointer(request + req_url);
	int unread = 0;

	if (zs_attr_text_at(slot, attr_method, request + req_method))
		unread |= UNREAD_METHOD;
	if (url && read_url(slot, url))
		unread |= UNREAD_URL;
	read_resends(slot, request, resends);
	if (zs_capture_lengths[ZS_CLIENT_REQUEST])
		zs_capture_headers(slot, ZS_CLIENT_REQUEST, go_read_pointer(request + req_header), attr_request_header);
	return unread;
}

static __always_inline void read_response(struct zs_slot *slot, __u64 response)
{
	__u64 value;

	if (!go_read(&value, sizeof(value), response + resp_status))
		zs_attr_int(slot, attr_status, value);
	if (!go_read(&value, sizeof(value), response + resp_proto_major))
		zs_attr_int(slot, attr_major, value);
	if (!go_read(&value, sizeof(value), response + resp_proto_minor))
		zs_attr_int(slot, attr_minor, value);
	if (zs_capture_lengths[ZS_CLIENT_RESPONSE])
		zs_capture_headers(slot, ZS_CLIENT_RESPONSE, go_read_pointer(response + resp_header),
				   attr_response_header);
}
