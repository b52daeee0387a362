using ChannelD;
using Shared.Operations.CommandLine;

return await OperatedDaemon.RunAsync(ChannelDaemon.Program, args, ChannelDaemon.SetUp);
