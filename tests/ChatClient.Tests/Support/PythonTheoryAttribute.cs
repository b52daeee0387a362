namespace ChatClient.Tests.Support;

/// <summary>As <see cref="PythonFactAttribute"/>, with data.</summary>
public sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute() => Skip = new PythonFactAttribute().Skip;
}
