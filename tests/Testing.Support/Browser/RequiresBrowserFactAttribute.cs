using System.Diagnostics;
using Testing.Support.Folders;
using Xunit;

namespace Testing.Support.Browser;

/// <summary>A test in a real browser; skipped with the reason where there is none, or nothing to drive it by.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresBrowserFactAttribute : FactAttribute
{
    private static readonly string? s_missing = FindMissing();

    /// <summary>Looks for the browser.</summary>
    public RequiresBrowserFactAttribute() => Skip = s_missing;

    private static string? FindMissing()
    {
        if (!File.Exists(PageBrowser.Chromium))
        {
            return $"There is no {PageBrowser.Chromium} (Debian: package chromium).";
        }

        return Works("node", "-e", $"require('{Repository.File(PageBrowser.Folder)}/node_modules/playwright-core')")
            ? null
            : $"There is no Node.js, or no playwright-core for it: npm install --prefix {PageBrowser.Folder}";
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
