namespace IpcBench.Reporting;

/// <summary>Where a report goes, besides standard output.</summary>
/// <param name="JsonPath">As JSON; null for nowhere.</param>
/// <param name="HtmlPath">As a page; null for nowhere.</param>
/// <param name="MarkdownPath">Into a document; null for nowhere.</param>
internal sealed record Outputs(string? JsonPath, string? HtmlPath, string? MarkdownPath)
{
    /// <summary>Refuses what could not be written.</summary>
    /// <exception cref="IOException">A folder or the document is not there.</exception>
    /// <exception cref="InvalidDataException">The document has no place for figures.</exception>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (string path in new[] { JsonPath, HtmlPath }.OfType<string>())
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (!Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}.");
            }
        }

        if (MarkdownPath is not null)
        {
            MarkdownSection.CheckHasPlace(await File.ReadAllTextAsync(MarkdownPath, cancellationToken));
        }
    }

    /// <summary>Prints it, and writes it wherever it goes.</summary>
    internal async Task WriteAsync(Report report, CancellationToken cancellationToken)
    {
        await Console.Out.WriteAsync(TextReport.Render(report));
        if (JsonPath is not null)
        {
            await File.WriteAllTextAsync(JsonPath, report.ToJson(), cancellationToken);
        }

        if (HtmlPath is not null)
        {
            await File.WriteAllTextAsync(HtmlPath, HtmlPage.Render(report), cancellationToken);
        }

        if (MarkdownPath is not null)
        {
            string document = await File.ReadAllTextAsync(MarkdownPath, cancellationToken);
            await File.WriteAllTextAsync(MarkdownPath, MarkdownSection.Rewrite(document, report), cancellationToken);
        }
    }
}
