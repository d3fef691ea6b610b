interface SliderProps {
  readonly label: string;
  /** The value in words. */
  readonly text: string;
  readonly value: number;
  /** The range is 0..max. */
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** A slider with its name and its value in words. */
export function Slider({ label, text, value, max, step, onChange }: SliderProps) {
  return (
    <label className="slider">
      {label} <span>{text}</span>
      <input
        type="range"
        min={0}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </label>
  );
}
