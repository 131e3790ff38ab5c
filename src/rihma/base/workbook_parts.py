"""The parts that every workbook has (ECMA-376), each with the few words that differ."""

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES = f"""{XML}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>
{{types}}<Override PartName="/xl/styles.xml" ContentType="{SPREADSHEET}.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""

RELATIONS = f"""{XML}<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""

CORE = f"""{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>{{title}}</dc:title><dc:creator>Rihma</dc:creator><dc:language>{{lang}}</dc:language>
</cp:coreProperties>"""

WORKBOOK = f"""{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>
{{sheets}}</sheets></workbook>"""

WORKBOOK_RELATIONS = f"""{XML}<Relationships xmlns="{PACKAGE}/relationships">
{{relations}}<Relationship Id="rId0" Type="{DOCUMENT}/styles" Target="styles.xml"/>
</Relationships>"""

# Words, heads, days, moments, and words that would look like a formula if somebody typed them.
ALIGNED = '<alignment vertical="top" wrapText="1"/>'
STYLES = f"""{XML}<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="5">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{ALIGNED}</xf>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{ALIGNED}</xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">{ALIGNED}</xf>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">{ALIGNED}</xf>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1">{ALIGNED}</xf>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""

SHEET = f"""{XML}<worksheet xmlns="{MAIN}"><dimension ref="A1:{{last}}"/>
<sheetViews><sheetView workbookViewId="0">{{frozen}}</sheetView></sheetViews>
<cols>{{columns}}</cols><sheetData>{{rows}}</sheetData>{{filter}}</worksheet>"""

# Once for each sheet, in the part of the same name.
OF_SHEETS = {
    "types": f'<Override PartName="/xl/worksheets/sheet{{n}}.xml" ContentType="{SPREADSHEET}.worksheet+xml"/>\n',
    "sheets": '<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>\n',
    "relations": f'<Relationship Id="rId{{n}}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{{n}}.xml"/>\n',
}

PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": RELATIONS,
    "docProps/core.xml": CORE,
    "xl/workbook.xml": WORKBOOK,
    "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONS,
    "xl/styles.xml": STYLES,
}
