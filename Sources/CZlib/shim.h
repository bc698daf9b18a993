#pragma once
#include <zlib.h>

/* The zlib initialisers are macros, which Swift does not import. Negative window bits: raw deflate, no wrapper. */
static inline int agentmesh_deflate_init(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
static inline int agentmesh_inflate_init(z_streamp stream) {
  return inflateInit2(stream, -MAX_WBITS);
}
