#pragma once
#include <curl/curl.h>
#include <dlfcn.h>

/* The functions of libcurl that are used, found when the first request needs them.
 *
 * Loading libcurl with its thirty libraries takes several milliseconds, three quarters of the start of a command that
 * uses no network. So nothing links to it: the table is filled by dlopen and dlsym, once, and never changes again. */
struct __attribute__((swift_attr("@Sendable"))) agentmesh_curl {
  CURLcode (*global_init)(long flags);

  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *easy);
  CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
  CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
  CURLcode (*easy_pause)(CURL *easy, int directions);
  CURLcode (*easy_send)(CURL *easy, const void *bytes, size_t size, size_t *sent);
  CURLcode (*easy_recv)(CURL *easy, void *bytes, size_t size, size_t *received);
  const char *(*easy_strerror)(CURLcode code);

  struct curl_slist *(*slist_append)(struct curl_slist *list, const char *line);
  void (*slist_free_all)(struct curl_slist *list);

  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *multi);
  CURLMcode (*multi_setopt)(CURLM *multi, CURLMoption option, ...);
  CURLMcode (*multi_add_handle)(CURLM *multi, CURL *easy);
  CURLMcode (*multi_remove_handle)(CURLM *multi, CURL *easy);
  CURLMcode (*multi_perform)(CURLM *multi, int *running);
  CURLMcode (*multi_poll)(CURLM *multi, struct curl_waitfd *more, unsigned int count, int milliseconds, int *ready);
  CURLMcode (*multi_wakeup)(CURLM *multi);
  CURLMsg *(*multi_info_read)(CURLM *multi, int *left);
};

/* Fills the table from the shared library of that name. Returns null, or what the loader said when the library or one
 * of its functions is missing. The library is never unloaded. */
static inline const char *agentmesh_curl_load(struct agentmesh_curl *curl, const char *library) {
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (handle == NULL) return dlerror();
#define AGENTMESH_FIND(name) \
  if ((*(void **)&curl->name = dlsym(handle, "curl_" #name)) == NULL) return dlerror()
  AGENTMESH_FIND(global_init);
  AGENTMESH_FIND(easy_init);
  AGENTMESH_FIND(easy_cleanup);
  AGENTMESH_FIND(easy_setopt);
  AGENTMESH_FIND(easy_getinfo);
  AGENTMESH_FIND(easy_pause);
  AGENTMESH_FIND(easy_send);
  AGENTMESH_FIND(easy_recv);
  AGENTMESH_FIND(easy_strerror);
  AGENTMESH_FIND(slist_append);
  AGENTMESH_FIND(slist_free_all);
  AGENTMESH_FIND(multi_init);
  AGENTMESH_FIND(multi_cleanup);
  AGENTMESH_FIND(multi_setopt);
  AGENTMESH_FIND(multi_add_handle);
  AGENTMESH_FIND(multi_remove_handle);
  AGENTMESH_FIND(multi_perform);
  AGENTMESH_FIND(multi_poll);
  AGENTMESH_FIND(multi_wakeup);
  AGENTMESH_FIND(multi_info_read);
#undef AGENTMESH_FIND
  return NULL;
}

/* Swift calls no variadic functions: one typed door for each kind of argument. */

typedef size_t (*agentmesh_transfer)(char *bytes, size_t size, size_t count, void *context);
typedef int (*agentmesh_seek)(void *context, curl_off_t offset, int origin);

static inline CURLcode agentmesh_set_long(
    const struct agentmesh_curl *curl, CURL *easy, CURLoption option, long value) {
  return curl->easy_setopt(easy, option, value);
}
static inline CURLcode agentmesh_set_size(
    const struct agentmesh_curl *curl, CURL *easy, CURLoption option, curl_off_t value) {
  return curl->easy_setopt(easy, option, value);
}
/* libcurl copies the text. */
static inline CURLcode agentmesh_set_text(
    const struct agentmesh_curl *curl, CURL *easy, CURLoption option, const char *value) {
  return curl->easy_setopt(easy, option, value);
}
static inline CURLcode agentmesh_set_pointer(
    const struct agentmesh_curl *curl, CURL *easy, CURLoption option, void *value) {
  return curl->easy_setopt(easy, option, value);
}
static inline CURLcode agentmesh_set_transfer(
    const struct agentmesh_curl *curl, CURL *easy, CURLoption option, agentmesh_transfer callback) {
  return curl->easy_setopt(easy, option, callback);
}
static inline CURLcode agentmesh_set_seek(
    const struct agentmesh_curl *curl, CURL *easy, agentmesh_seek callback) {
  return curl->easy_setopt(easy, CURLOPT_SEEKFUNCTION, callback);
}
static inline CURLMcode agentmesh_set_multi(
    const struct agentmesh_curl *curl, CURLM *multi, CURLMoption option, long value) {
  return curl->multi_setopt(multi, option, value);
}

static inline CURLcode agentmesh_get_long(const struct agentmesh_curl *curl, CURL *easy, CURLINFO info, long *value) {
  return curl->easy_getinfo(easy, info, value);
}
static inline CURLcode agentmesh_get_size(
    const struct agentmesh_curl *curl, CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl->easy_getinfo(easy, info, value);
}
static inline CURLcode agentmesh_get_socket(
    const struct agentmesh_curl *curl, CURL *easy, CURLINFO info, curl_socket_t *value) {
  return curl->easy_getinfo(easy, info, value);
}
/* The text belongs to the handle and lives as long as its last transfer. */
static inline CURLcode agentmesh_get_text(
    const struct agentmesh_curl *curl, CURL *easy, CURLINFO info, const char **value) {
  return curl->easy_getinfo(easy, info, value);
}

/* Macros with casts, which Swift does not import. */
static const unsigned int agentmesh_write_pause = CURL_WRITEFUNC_PAUSE;
static const unsigned int agentmesh_read_abort = CURL_READFUNC_ABORT;
static const long agentmesh_http2_over_tls = CURL_HTTP_VERSION_2TLS;
static const long agentmesh_http1 = CURL_HTTP_VERSION_1_1;
static const long agentmesh_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const long agentmesh_multiplex = CURLPIPE_MULTIPLEX;
static const long agentmesh_ignore_netrc = CURL_NETRC_IGNORED;
static const long agentmesh_separate_headers = CURLHEADER_SEPARATE;
