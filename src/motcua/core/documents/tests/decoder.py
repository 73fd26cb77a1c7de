"""A small reader of undamaged QR symbols (ISO/IEC 18004), written apart from the one that draws.

Byte mode only, versions 1 to 6 at level M; no error correction, as a drawn symbol has no errors.
"""

from __future__ import annotations

Matrix = list[list[bool]]

_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
_FORMAT_MASK = 0b101010000010010
_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: (r + 0 * c) % 2,
    lambda r, c: (c + 0 * r) % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
# Level M: blocks and data bytes in each.
_BLOCKS = {1: (1, 16), 2: (1, 28), 3: (1, 44), 4: (2, 32), 5: (2, 43), 6: (4, 27)}


def decoded(symbol: Matrix) -> str:
    """Give the text of a symbol."""
    version = (len(symbol) - 17) // 4
    blocks, each = _BLOCKS[version]
    data = _bytes(symbol, version)[: blocks * each]
    stream = b"".join(bytes(data[block::blocks]) for block in range(blocks))
    bits = "".join(f"{byte:08b}" for byte in stream)
    assert bits[:4] == "0100", "byte mode"
    length = int(bits[4:12], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


def error_level(symbol: Matrix) -> str:
    """Give the level of error correction that the symbol states."""
    return _LEVELS[_format(symbol) >> 13]


def _format(symbol: Matrix) -> int:
    columns = (0, 1, 2, 3, 4, 5, 7, 8)
    bits = [symbol[8][c] for c in columns] + [symbol[r][8] for r in (7, 5, 4, 3, 2, 1, 0)]
    return int("".join("01"[bit] for bit in bits), 2) ^ _FORMAT_MASK


def _bytes(symbol: Matrix, version: int) -> list[int]:
    size, mask = len(symbol), _MASKS[_format(symbol) >> 10 & 7]
    bits = ""
    pairs = [*range(size - 1, 6, -2), 5, 3, 1]  # column 6 holds the timing pattern
    for number, right in enumerate(pairs):
        rows = range(size) if number % 2 else range(size - 1, -1, -1)
        for row in rows:
            for column in (right, right - 1):
                if not _is_fixed(row, column, size, version):
                    bits += "01"[symbol[row][column] ^ (mask(row, column) == 0)]
    return [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]


def _is_fixed(row: int, column: int, size: int, version: int) -> bool:
    finders = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    centre = size - 7
    aligned = version > 1 and abs(row - centre) <= 2 and abs(column - centre) <= 2
    return finders or aligned or row == 6 or column == 6
