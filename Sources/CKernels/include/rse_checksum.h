// Checksums of bytes.
#ifndef RSE_CHECKSUM_H
#define RSE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// The CRC-32C (Castagnoli) of bytes.
uint32_t rse_crc32c(const uint8_t *bytes, size_t length);

#endif
