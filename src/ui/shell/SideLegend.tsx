/** Which colour is which side. */
export function SideLegend() {
  return (
    <div className="legend">
      <span className="swatch" data-side="left" /> left <span className="swatch" data-side="right" /> right, the person’s own
    </div>
  );
}
