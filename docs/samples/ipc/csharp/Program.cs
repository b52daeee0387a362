using IpcSamples;

// dotnet run --project docs/samples/ipc/csharp -- MECHANISM server ADDRESS
// dotnet run --project docs/samples/ipc/csharp -- MECHANISM client ADDRESS LINE
switch (args)
{
    case ["sysv", "server", var key]: SysVQueue.Serve(key); break;
    case ["sysv", "client", var key, var line]: SysVQueue.Ask(key, line); break;
    case ["posix_queue", "server", var name]: PosixQueue.Serve(name); break;
    case ["posix_queue", "client", var name, var line]: PosixQueue.Ask(name, line); break;
    case ["pipe", "server"]: AnonymousPipe.Serve(); break;
    case ["pipe", "client", var line, var program, .. var arguments]: AnonymousPipe.Ask(line, program, arguments); break;
    case ["fifo", "server", var path]: Fifo.Serve(path); break;
    case ["fifo", "client", var path, var line]: Fifo.Ask(path, line); break;
    case ["unix_socket", "server", var path]: UnixSocket.Serve(path); break;
    case ["unix_socket", "client", var path, var line]: UnixSocket.Ask(path, line); break;
    case ["tcp", "server", var port]: Tcp.Serve(port); break;
    case ["tcp", "client", var port, var line]: Tcp.Ask(port, line); break;
    case ["shared_memory", "server", var name]: SharedMemory.Serve(name); break;
    case ["shared_memory", "client", var name, var line]: SharedMemory.Ask(name, line); break;
    case ["http", "server", var port]: Http.Serve(port); break;
    case ["http", "client", var port, var line]: await Http.AskAsync(port, line); break;
    default:
        Console.Error.WriteLine("usage: MECHANISM server ADDRESS | MECHANISM client ADDRESS LINE");
        return 2;
}

return 0;
