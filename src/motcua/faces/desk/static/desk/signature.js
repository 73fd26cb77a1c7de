// The pad of the return desk: what is drawn becomes the PNG of the file box above it.
// Without it the pad stays hidden; a typed name or a photographed paper signs as well.
"use strict";

for (const pad of document.querySelectorAll("[data-signature]")) {
  const box = document.getElementById(pad.dataset.signature);
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#06343e" });
  let drawing = false;
  let drawn = false;

  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    const [across, down] = [canvas.width / frame.width, canvas.height / frame.height];
    return [(event.clientX - frame.left) * across, (event.clientY - frame.top) * down];
  };
  const wipe = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  };
  const keep = () =>
    canvas.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], pad.dataset.name, { type: "image/png" }));
      if (drawn) box.files = files.files;
    });

  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    drawn = true;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    drawing = false;
    keep();
  });
  pad.querySelector("button").addEventListener("click", () => {
    drawn = false;
    wipe();
    box.value = "";
  });
  wipe();
  pad.hidden = false;
}
