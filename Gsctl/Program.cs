using Gsctl.CommandLine;
using Gsctl.Output;
using Shared.Terminal;

if (!Console.IsOutputRedirected)
{
    return await GsctlProgram.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
}

using var output = new EndingWriter(StandardOutputStream.Open());
using var watch = new ReaderWatch(output.NoteGone);
return await GsctlProgram.RunAsync(args, output, Console.Error, output.Closed);
