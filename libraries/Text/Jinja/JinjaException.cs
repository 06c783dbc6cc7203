namespace DaprMoE.Text.Jinja;

/// <summary>An error inside a template; the renderer adds the template's name and line.</summary>
internal sealed class JinjaException(string message, bool raisedByTemplate = false, int? line = null) : Exception(message)
{
    public bool RaisedByTemplate { get; } = raisedByTemplate;

    /// <summary>Line when the thrower knows it better than the interpreter.</summary>
    public int? Line { get; } = line;
}
