#pragma once
#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>

/* The functions of libarchive that are used.
 *
 * It comes with a dozen libraries, ICU among them, which take longer to load than all else that most commands do. So
 * nothing links to it: a table is filled by dlopen and dlsym when the first archive is read or written, once, and never
 * changes again. */
#define AGENTMESH_ARCHIVE_FUNCTIONS(each) \
  each(archive_errno) \
  each(archive_error_string) \
  each(archive_read_new) \
  each(archive_read_free) \
  each(archive_read_support_format_tar) \
  each(archive_read_support_format_zip_seekable) \
  each(archive_read_set_format_option) \
  each(archive_read_set_read_callback) \
  each(archive_read_set_seek_callback) \
  each(archive_read_set_callback_data) \
  each(archive_read_open1) \
  each(archive_read_next_header) \
  each(archive_read_data_block) \
  each(archive_write_new) \
  each(archive_write_free) \
  each(archive_write_fail) \
  each(archive_write_set_format_ustar) \
  each(archive_write_add_filter_none) \
  each(archive_write_set_bytes_per_block) \
  each(archive_write_open) \
  each(archive_write_header) \
  each(archive_write_data) \
  each(archive_write_finish_entry) \
  each(archive_write_close) \
  each(archive_entry_new) \
  each(archive_entry_free) \
  each(archive_entry_clear) \
  each(archive_entry_pathname) \
  each(archive_entry_hardlink) \
  each(archive_entry_symlink) \
  each(archive_entry_filetype) \
  each(archive_entry_size) \
  each(archive_entry_sparse_count) \
  each(archive_entry_set_pathname) \
  each(archive_entry_set_filetype) \
  each(archive_entry_set_perm) \
  each(archive_entry_set_size) \
  each(archive_entry_set_mtime)

struct __attribute__((swift_attr("@Sendable"))) agentmesh_archive {
#define AGENTMESH_FIELD(name) __typeof__(&name) name;
  AGENTMESH_ARCHIVE_FUNCTIONS(AGENTMESH_FIELD)
#undef AGENTMESH_FIELD
};

/* Fills the table from the shared library of that name. Returns null, or what the loader said when the library or one
 * of its functions is missing. The library is never unloaded. */
static inline const char *agentmesh_archive_load(struct agentmesh_archive *archive, const char *library) {
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (handle == NULL) return dlerror();
#define AGENTMESH_FIND(name) \
  if ((*(void **)&archive->name = dlsym(handle, #name)) == NULL) return dlerror();
  AGENTMESH_ARCHIVE_FUNCTIONS(AGENTMESH_FIND)
#undef AGENTMESH_FIND
  return NULL;
}
