/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a client's span says of its request and of the answer. */
#pragma once

GO_FIELD(req_method, "net/http.Request", "Method");
GO_FIELD(req_url, "net/http.Request", "URL");
GO_FIELD(req_ctx, "net/http.Request", "ctx");
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

static __always_inline void read_url(struct zs_slot *slot, __u64 url)
{
	__u64 user;

	zs_attr_text_at(slot, attr_scheme, url + url_scheme);
	zs_attr_text_at(slot, attr_opaque, url + url_opaque);
	zs_attr_text_at(slot, attr_host, url + url_host);
	zs_attr_text_at(slot, attr_path, url + url_path);
	zs_attr_text_at(slot, attr_raw_path, url + url_raw_path);
	zs_attr_text_at(slot, attr_query, url + url_raw_query);
	if (!go_read(&user, sizeof(user), url + url_user) && user)
		zs_attr_bool(slot, attr_user, 1);
}

/* Redirects that are followed back to count them; net/http gives up at 10 unless it is told otherwise. */
#define REDIRECTS_MAX 16

/* A request that follows a redirect leads to the answer that sent it on, and that to its own request. */
static __always_inline void read_resends(struct zs_slot *slot, __u64 request, __u64 resends)
{
	for (int redirects = 0; redirects < REDIRECTS_MAX; redirects++, resends++) {
		__u64 response = go_read_pointer(request + req_response);

		if (!response)
			break;
		request = go_read_pointer(response + resp_request);
		if (!request)
			return;
	}
	if (resends)
		zs_attr_int(slot, attr_resends, resends);
}

/* resends: how often net/http has sent it again by itself. */
static __always_inline void read_request(struct zs_slot *slot, __u64 request, __u64 resends)
{
	__u64 url = go_read_pointer(request + req_url);

	zs_attr_text_at(slot, attr_method, request + req_method);
	if (url)
		read_url(slot, url);
	read_resends(slot, request, resends);
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
}
