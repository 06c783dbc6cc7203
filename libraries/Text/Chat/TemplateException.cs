namespace DaprMoE.Text;

/// <summary>A template that can't be read, or a conversation it can't render.</summary>
public sealed class TemplateException : Exception
{
    internal TemplateException(string reason, string template, int line, bool raisedByTemplate, Exception? cause = null)
        : base(raisedByTemplate ? reason : $"Template '{template}', line {line}: {reason}", cause)
    {
        Reason = reason;
        Template = template;
        Line = line;
        RaisedByTemplate = raisedByTemplate;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Name of the template: its file or its entry in tokenizer_config.json.</summary>
    public string Template { get; }

    /// <summary>Line of the template, from 1; 0 when the error belongs to no line.</summary>
    public int Line { get; }

    /// <summary>True when the template itself refused the conversation with <c>raise_exception</c>; the message is then its own.</summary>
    public bool RaisedByTemplate { get; }
}
