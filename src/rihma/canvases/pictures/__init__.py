"""Pictures of canvases as SVG that stands on its own: blank sheets to print, and small previews.

`frames` says where each zone lies, `marks` writes SVG, `sheet` and `preview` put them together, `paper` makes a PDF.
"""
