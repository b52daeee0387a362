using Gsctl.CommandLine;

return await GsctlProgram.RunAsync(args, Console.Out, Console.Error);
