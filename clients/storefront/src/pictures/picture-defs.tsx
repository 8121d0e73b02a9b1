/** Light and shadow that all pictures share: drawn once in the page, and named by each of them. */
export function PictureDefs() {
  return (
    <svg width="0" height="0" className="picture-defs" aria-hidden="true">
      <defs>
        <radialGradient id="picture-light" cx="0.3" cy="0.15" r="1.1">
          <stop offset="0" stopColor="#fff" stopOpacity="0.32" />
          <stop offset="0.5" stopColor="#fff" stopOpacity="0" />
          <stop offset="1" stopColor="#000" stopOpacity="0.34" />
        </radialGradient>
        <linearGradient id="picture-sheen" x1="0.15" y1="0" x2="0.75" y2="1">
          <stop offset="0" stopColor="#fff" stopOpacity="0.55" />
          <stop offset="0.4" stopColor="#fff" stopOpacity="0" />
          <stop offset="1" stopColor="#000" stopOpacity="0.14" />
        </linearGradient>
        <radialGradient id="picture-well">
          <stop offset="0.8" stopColor="#000" stopOpacity="0" />
          <stop offset="1" stopColor="#000" stopOpacity="0.13" />
        </radialGradient>
        <radialGradient id="picture-bowl" cy="0.55">
          <stop offset="0.7" stopColor="#000" stopOpacity="0.5" />
          <stop offset="1" stopColor="#000" stopOpacity="0.08" />
        </radialGradient>
        <radialGradient id="picture-liquid" cx="0.4" cy="0.35">
          <stop offset="0" stopColor="#fff" stopOpacity="0.28" />
          <stop offset="0.6" stopColor="#fff" stopOpacity="0" />
          <stop offset="1" stopColor="#000" stopOpacity="0.3" />
        </radialGradient>
        <filter id="picture-shadow" x="-30%" y="-30%" width="160%" height="170%">
          <feDropShadow dx="2" dy="6" stdDeviation="5" floodColor="#1a0d04" floodOpacity="0.45" />
        </filter>
        <filter id="picture-lift" x="-15%" y="-15%" width="130%" height="135%">
          <feDropShadow dx="0.6" dy="1.6" stdDeviation="1.1" floodColor="#1a0d04" floodOpacity="0.42" />
        </filter>
      </defs>
    </svg>
  );
}
