import { useAppState } from './context';

/** The privacy line, and the credits of the sample photos. */
export function Footer() {
  const samples = useAppState((state) => state.samples);
  return (
    <footer className="footer">
      <p>
        <strong>Nothing leaves your device.</strong> Photos and videos are processed in this tab. Once loaded, the page works
        offline. <a href="licences.txt">Licences</a>
      </p>
      {samples.length > 0 && (
        <details>
          <summary>Credits for the sample photos</summary>
          <ul>
            {samples.map(({ file, title, author, licence, licenceUrl, source, changes }) => (
              <li key={file}>
                <a href={source}>{title}</a>, {author}, <a href={licenceUrl}>{licence}</a>. {changes}
              </li>
            ))}
          </ul>
        </details>
      )}
    </footer>
  );
}
