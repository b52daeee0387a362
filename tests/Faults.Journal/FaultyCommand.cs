using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChannelD.Commands;

namespace Faults.Journal;

/// <summary>
/// A command as a careless author may write it: it throws, waits long, loops, takes all threads of the pool, uses up the stack, or eats memory.
/// </summary>
internal sealed class FaultyCommand : IPlayerCommand
{
    private const int MaxNumber = 60_000;
    private const int BytesPerMebibyte = 1024 * 1024;
    private const byte Touched = 1;

    public CommandDescription Description { get; } = new()
    {
        Id = "faulty",
        Names = ["고장", "faulty"],
        Usage = new LocalText("/고장 throw|wait|loop|starve|overflow|eat 숫자", "/faulty throw|wait|loop|starve|overflow|eat NUMBER"),
        Help = new LocalText("시험용입니다.", "is for tests."),
        Texts = [new CommandText("done", "했습니다.", "Done.")],
    };

    public async ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string[] words = call.Argument.ToString().Split(' ');
        int number = words.Length > 1 ? Math.Min(MaxNumber, int.Parse(words[1], CultureInfo.InvariantCulture)) : 0;
        switch (words[0])
        {
            case "throw":
                throw new InvalidOperationException("thrown on purpose");
            case "wait":
                await Task.Delay(number, cancellationToken);
                break;
            case "loop":
                Loop(number);
                break;
            case "starve":
                PoolStarver.Begin(number);
                break;
            case "overflow":
                _ = Overflow(number);
                break;
            case "eat":
                Eat(number);
                break;
        }

        return CommandAnswer.Ok("done");
    }

    private static void Loop(int forMs)
    {
        long untilMs = Environment.TickCount64 + forMs;
        while (Environment.TickCount64 < untilMs)
        {
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overflow(int depth) => Overflow(depth + 1) + depth;

    // Past the collector, which would rather throw than have the kernel end the process.
    private static unsafe void Eat(int mebibytes)
    {
        for (int i = 0; i < mebibytes; i++)
        {
            NativeMemory.Fill(NativeMemory.Alloc(BytesPerMebibyte), BytesPerMebibyte, Touched);
        }
    }
}
