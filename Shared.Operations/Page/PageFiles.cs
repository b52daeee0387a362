using System.Collections.Frozen;
using Shared.Operations.Endpoint;

namespace Shared.Operations.Page;

/// <summary>The files of the page, as they are in this library.</summary>
internal static class PageFiles
{
    private static readonly FrozenDictionary<string, OperationsAnswer> s_byPath = new[]
    {
        ("/", "page.html", "text/html; charset=utf-8"),
        ("/page/style.css", "style.css", "text/css; charset=utf-8"),
        ("/page/plots.css", "plots.css", "text/css; charset=utf-8"),
        ("/page/plots.js", "plots.js", "text/javascript; charset=utf-8"),
        ("/page/course.js", "course.js", "text/javascript; charset=utf-8"),
        ("/page/cards.js", "cards.js", "text/javascript; charset=utf-8"),
        ("/page/page.js", "page.js", "text/javascript; charset=utf-8"),
        ("/page/icon.svg", "icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(static file => file.Item1, static file => new OperationsAnswer(200, file.Item3, Read(file.Item2)), StringComparer.Ordinal);

    /// <summary>The file at a path; null where there is none.</summary>
    public static OperationsAnswer? Find(string path) => s_byPath.TryGetValue(path, out OperationsAnswer answer) ? answer : null;

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream($"page/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
