return await IpcBench.IpcBenchCommand.RunAsync(args);
