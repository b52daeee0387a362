using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using ChatClient.Input;
using ChatClient.Output;

namespace ChatClient.Terminal;

/// <summary>
/// A person's terminal: lines are edited on its last row while answers and events appear above. One task owns the screen and the
/// editor, so that neither is locked; everything else posts to it. What waits for it is bounded: keys by their thread's room, lines to
/// print by their writer, who waits until they are printed.
/// </summary>
public sealed class InteractiveTerminal : ILineSource, ITextSink, IAsyncDisposable
{
    private const int MaxWaitingKeys = 4096;
    private const int MaxWaitingLines = 1024;

    private readonly PromptScreen _screen;
    private readonly LineEditor _editor;
    private readonly IKeySource _keyboard;
    private readonly KeyReadingThread _keys;
    private readonly SemaphoreSlim _keyRoom = new(MaxWaitingKeys, MaxWaitingKeys);
    private readonly Channel<TerminalEvent> _events = Channel.CreateUnbounded<TerminalEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(MaxWaitingLines);
    private readonly List<TaskCompletionSource> _printed = [];
    private readonly PosixSignalRegistration _resized;
    private readonly PosixSignalRegistration _continued;
    private readonly Task _loop;
    private volatile bool _isEditing;
    private bool _isSuspended;

    /// <summary>Takes a terminal over. No prompt is shown and no key read before the first line is asked for.</summary>
    /// <param name="keys">Its keyboard.</param>
    /// <param name="screen">Its screen.</param>
    /// <param name="history">The lines sent before.</param>
    public InteractiveTerminal(IKeySource keys, PromptScreen screen, LineHistory history)
    {
        _screen = screen;
        _editor = new LineEditor(history);
        _keyboard = keys;
        _keys = new KeyReadingThread(keys, _keyRoom, stroke => Post(new TerminalEvent(TerminalEventKind.Key, stroke)));
        _resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Post(default));
        _continued = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Post(new TerminalEvent(TerminalEventKind.Continued)));
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Tells of SIGINT, which clears the line that is being edited.</summary>
    /// <returns>Whether a line is being edited at all.</returns>
    public bool Interrupt()
    {
        bool isEditing = _isEditing;
        if (isEditing)
        {
            Post(new TerminalEvent(TerminalEventKind.Interrupt));
        }

        return isEditing;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<InputLine> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Post(new TerminalEvent(TerminalEventKind.StartEditing));
        _keys.Start();
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(cancellationToken))
            {
                yield return new InputLine(line);
            }
        }
        finally
        {
            Post(new TerminalEvent(TerminalEventKind.StopEditing));
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_events.Writer.TryWrite(new TerminalEvent(TerminalEventKind.Print, default, Encoding.UTF8.GetString(utf8.Span), printed)))
        {
            await printed.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Prints what is left, takes the prompt away and leaves the terminal as it was found.</summary>
    public async ValueTask DisposeAsync()
    {
        _resized.Dispose();
        _continued.Dispose();
        Post(new TerminalEvent(TerminalEventKind.StopEditing));
        _events.Writer.TryComplete();
        await _loop;
    }

    private void Post(TerminalEvent terminalEvent) => _events.Writer.TryWrite(terminalEvent);

    private async Task RunAsync()
    {
        try
        {
            while (await _events.Reader.WaitToReadAsync())
            {
                // Everything that waits is applied before the screen is drawn once: a paste costs one drawing, not one a key.
                _screen.Erase();
                while (_events.Reader.TryRead(out TerminalEvent terminalEvent))
                {
                    Apply(terminalEvent);
                }

                if (_isEditing && !_isSuspended)
                {
                    _screen.Draw(_editor.Line);
                }

                _screen.Flush();
                CompletePrinted();
            }
        }
        catch (IOException)
        {
            // The terminal is gone; there is nobody to tell.
            _events.Writer.TryComplete();
            _lines.Writer.TryComplete();
            while (_events.Reader.TryRead(out TerminalEvent terminalEvent))
            {
                terminalEvent.Printed?.TrySetResult();
            }

            CompletePrinted();
        }
    }

    private void CompletePrinted()
    {
        foreach (TaskCompletionSource printed in _printed)
        {
            printed.TrySetResult();
        }

        _printed.Clear();
    }

    private void Apply(in TerminalEvent terminalEvent)
    {
        switch (terminalEvent.Kind)
        {
            case TerminalEventKind.Key:
                if (terminalEvent.Stroke.Key != EditorKey.Hangup)
                {
                    _keyRoom.Release();
                }

                ApplyKey(terminalEvent.Stroke);
                break;
            case TerminalEventKind.Interrupt:
                ApplyKey(new KeyStroke(EditorKey.Interrupt));
                break;
            case TerminalEventKind.Print:
                _screen.Print(terminalEvent.Lines!);
                _printed.Add(terminalEvent.Printed!);
                break;
            case TerminalEventKind.Continued:
                Resume();
                break;
            case TerminalEventKind.StartEditing:
                _isEditing = true;

                // Were they signals still, one of them in a paste would throw away what is before it, and another end the process.
                _keyboard.TakeSignalKeys(true);
                _screen.Begin();
                break;
            case TerminalEventKind.StopEditing when _isEditing:
                StopEditing();
                break;
        }
    }

    private void ApplyKey(KeyStroke stroke)
    {
        if (!_isEditing)
        {
            return;
        }

        Resume();
        switch (_editor.Apply(stroke))
        {
            case EditorResult.Submitted:
                Submit();
                break;
            case EditorResult.Ended:
                StopEditing();
                break;
            case EditorResult.AskedToEnd:
                _screen.Print("(Ctrl-C again, or Ctrl-D, ends the chat)\n");
                break;
            case EditorResult.ClearScreen:
                _screen.Clear();
                break;
            case EditorResult.Suspended:
                Suspend();
                break;
        }
    }

    private void Submit()
    {
        if (_lines.Writer.TryWrite(_editor.Submitted))
        {
            _screen.PrintSent(_editor.Submitted);
            return;
        }

        _screen.Print($"({MaxWaitingLines} lines wait for the server already; this one stays here)\n");
        _editor.Line.Set(_editor.Submitted);
    }

    private void Suspend()
    {
        _isSuspended = true;
        _screen.End();
        _screen.Flush();
        _keyboard.Suspend();
    }

    // Also with the next key: a process without a shell that could let it go on is not stopped, so nothing tells that it goes on.
    private void Resume()
    {
        if (_isSuspended)
        {
            _isSuspended = false;
            _screen.Begin();
        }
    }

    private void StopEditing()
    {
        _isEditing = false;
        _keyboard.TakeSignalKeys(false);
        _screen.End();
        _lines.Writer.TryComplete();
    }
}
