using System.Text.Json;
using System.Text.Json.Nodes;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace Testing.Support.Browser;

/// <summary>A page in Debian's chromium, without a window, driven by Playwright (<c>browser.js</c>). One call at a time. Its disposal ends the browser.</summary>
public sealed class PageBrowser : IAsyncDisposable
{
    /// <summary>Where the browser is.</summary>
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>Where what drives it is, in the repository.</summary>
    public const string Folder = "tests/Testing.Support/Browser";

    private readonly ChildProcess _driver = new("node", Repository.File($"{Folder}/browser.js"), Chromium);
    private int _calls;

    /// <summary>Opens a page in a window of a size.</summary>
    public Task OpenAsync(Uri url, int width, int height, string scheme = "light") =>
        CallAsync(new JsonObject { ["does"] = "open", ["url"] = url?.ToString(), ["width"] = width, ["height"] = height, ["scheme"] = scheme });

    /// <summary>The value of an expression in the page.</summary>
    public Task<JsonElement> EvaluateAsync(string expression) => CallAsync(new JsonObject { ["does"] = "evaluate", ["expression"] = expression });

    /// <summary>The text of an element, as it is shown.</summary>
    public async Task<string> TextAsync(string selector) => (await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.innerText ?? ''")).GetString()!;

    /// <summary>Presses a key where an element has the focus.</summary>
    public Task PressAsync(string selector, string key) => CallAsync(new JsonObject { ["does"] = "press", ["selector"] = selector, ["key"] = key });

    /// <summary>Moves the pointer to a place within an element.</summary>
    public Task HoverAsync(string selector, int x, int y) => CallAsync(new JsonObject { ["does"] = "hover", ["selector"] = selector, ["x"] = x, ["y"] = y });

    /// <summary>Clicks on an element.</summary>
    public Task ClickAsync(string selector) => CallAsync(new JsonObject { ["does"] = "click", ["selector"] = selector });

    /// <summary>Gives the window another size.</summary>
    public Task ResizeAsync(int width, int height) => CallAsync(new JsonObject { ["does"] = "resize", ["width"] = width, ["height"] = height });

    /// <summary>Writes a picture of the whole page.</summary>
    public Task ScreenshotAsync(string path) => CallAsync(new JsonObject { ["does"] = "screenshot", ["path"] = path });

    /// <summary>What was seen so far: <c>requests</c> (addresses), <c>console</c> (errors and warnings), <c>faults</c> (exceptions).</summary>
    public async Task<string[]> SeenAsync(string what) =>
        [.. (await CallAsync(new JsonObject { ["does"] = "seen" })).GetProperty(what).EnumerateArray().Select(static entry => entry.GetString()!)];

    /// <summary>Waits until an expression in the page is true; fails with what the page shows.</summary>
    public async Task HoldsAsync(string expression)
    {
        using CancellationTokenSource deadline = new(Eventually.DefaultDeadline);
        while (!(await EvaluateAsync($"Boolean({expression})")).GetBoolean())
        {
            if (deadline.IsCancellationRequested)
            {
                string shown = (await EvaluateAsync("document.body.innerText")).GetString()!;
                throw new TimeoutException($"It was never so that {expression}. Shown is:\n{shown}\nfaults: {string.Join('\n', await SeenAsync("faults"))}");
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // It closes the browser, which would outlive it otherwise.
            _ = await _driver.EndAsync();
        }
        finally
        {
            _driver.Dispose();
        }
    }

    private async Task<JsonElement> CallAsync(JsonObject call)
    {
        int number = ++_calls;
        call["id"] = number;
        _driver.Write(call.ToJsonString() + "\n");
        await Eventually.TrueAsync(() => _driver.Lines.Length >= number || _driver.HasExited, $"the browser has answered {call}");
        if (_driver.Lines.Length < number)
        {
            throw new InvalidOperationException($"The browser's driver has ended.\n{_driver}");
        }

        JsonElement reply = JsonDocument.Parse(_driver.Lines[number - 1]).RootElement;
        return reply.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException($"{call}: {error}") : reply.GetProperty("value");
    }
}
