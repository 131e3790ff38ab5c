// Excalidraw as its manual shows it: the whole page is the board.
import { Excalidraw } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

createRoot(document.getElementById("board")).render(createElement(Excalidraw));
