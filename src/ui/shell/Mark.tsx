/** The logo: three levels of a pyramid, and the joint that they close in on. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect x="2" y="2" width="28" height="28" rx="7" className="mark-1" />
      <rect x="11" y="7" width="15" height="15" rx="4" className="mark-2" />
      <rect x="16.5" y="10.5" width="7" height="7" rx="2" className="mark-3" />
      <circle cx="20" cy="14" r="1.9" className="mark-dot" />
    </svg>
  );
}
