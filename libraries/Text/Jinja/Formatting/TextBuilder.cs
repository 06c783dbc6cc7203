using System.Text;
using DaprMoE.Text.Jinja.Evaluation;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Builds a text that can't grow beyond the limits.</summary>
internal sealed class TextBuilder(Meter meter)
{
    private readonly StringBuilder _text = new();

    public int Length => _text.Length;

    public void Append(string text)
    {
        if (_text.Length + (long)text.Length > meter.Limits.TextLength)
        {
            meter.Text(_text.Length + (long)text.Length);
        }

        _text.Append(text);
    }

    /// <summary>The whole text, accounted for.</summary>
    public string Finish()
    {
        meter.Text(_text.Length);
        return _text.ToString();
    }
}
