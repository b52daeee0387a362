return await PingPong.BenchmarkCommand.RunAsync(args);
