using System.ComponentModel.DataAnnotations;

namespace Testing.Daemon;

/// <summary>What the daemon of the tests is to do (section <c>Test</c>).</summary>
internal sealed class TestOptions
{
    public const string Section = "Test";

    /// <summary>What its service does once it runs.</summary>
    public TestBehaviour Behaviour { get; set; } = TestBehaviour.Wait;

    /// <summary>A port to listen on with Kestrel's error when taken; 0 for none.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>The file it writes its progress to.</summary>
    public string? ProgressFile { get; set; }
}
