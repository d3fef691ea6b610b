/** Which colour is which side. */
export function SideLegend() {
  return (
    <div className="legend">
      <span className="swatch" data-side="left" /> the person’s left <span className="swatch" data-side="right" /> the person’s
      right
    </div>
  );
}
