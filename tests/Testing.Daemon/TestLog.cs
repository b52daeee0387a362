using Microsoft.Extensions.Logging;

namespace Testing.Daemon;

internal static partial class TestLog
{
    [LoggerMessage(9000, LogLevel.Information, "A line of a certain length, as an operator sees it: number {Number}")]
    public static partial void Line(ILogger logger, int number);
}
