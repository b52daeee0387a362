using ChannelD.Tests.State.Support;

// A process that writes to a file of kept state until it is killed: ChannelD.Tests FILE PREFIX. See KilledWriterTests.
await MuteWriter.RunAsync(args[0], args[1]);
