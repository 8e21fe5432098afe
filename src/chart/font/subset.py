"""Makes NotoSansSC-subset.otf: see README.md. Usage: subset.py characters | subset.py graft"""

import sys
from fontTools.misc.transform import Scale
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

SIZE = 1.117  # Noto Sans SC holds the design of Source Sans, at this scale


def characters():
    def pairs(codec, high, low):
        return {bytes([h, l]).decode(codec, "ignore") for h in high for l in low}

    spans = [(0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x1E00, 0x1EFF), (0x2010, 0x205E), (0x2190, 0x21FF)]
    spans += [(0x3000, 0x303F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6)]
    chars = {chr(c) for first, last in spans for c in range(first, last + 1)} | set("−≈≤≥∞√∑")
    chars |= pairs("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    chars |= pairs("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    chars = {c for c in chars if len(c) == 1 and (c.isprintable() or c in "\u00a0\u3000")}
    with open("chars.txt", "w", encoding="utf-8") as out:
        out.write("".join(sorted(chars)))


def graft():
    font = TTFont("han.otf", recalcTimestamp=False)
    latin = TTFont("SourceSans3_400Regular.ttf")
    have, drawn, glyphs = font.getBestCmap(), latin.getBestCmap(), latin.getGlyphSet()
    top, order = font["CFF "].cff.topDictIndex[0], font.getGlyphOrder()
    strings, fd = top.CharStrings, top.FDSelect[font.getGlyphID(have[ord("a")])]
    private = top.FDArray[fd].Private
    wanted = {ord(c) for c in open("chars.txt", encoding="utf-8").read()}
    for n, c in enumerate(sorted(c for c in wanted if c < 0x2100 and c in drawn and c not in have)):
        name, width = f"cid{60000 + n}", round(latin["hmtx"][drawn[c]][0] * SIZE)
        pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
        glyphs[drawn[c]].draw(TransformPen(pen, Scale(SIZE)))
        string = pen.getCharString(private, font["CFF "].cff.GlobalSubrs)
        strings.charStringsIndex.append(string)
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        if order is not top.charset:
            order.append(name)
        top.charset.append(name)
        top.FDSelect.gidArray.append(fd)
        bounds = string.calcBounds(strings)
        font["hmtx"][name] = (width, round(bounds[0]) if bounds else 0)
        font["vmtx"][name] = font["vmtx"][have[ord("a")]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[c] = name
    font.setGlyphOrder(order)
    font.save("NotoSansSC-subset.otf")


{"characters": characters, "graft": graft}[sys.argv[1]]()
