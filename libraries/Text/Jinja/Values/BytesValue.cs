using System.Globalization;
using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>What <c>encode</c> gives; it can only be printed and measured.</summary>
internal sealed class BytesValue(byte[] bytes) : Value
{
    public override string TypeName => "bytes";

    public override int? Length => bytes.Length;

    public override void WriteRepr(ValueWriter writer)
    {
        char quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        writer.Write($"b{quote}");
        foreach (byte one in bytes)
        {
            writer.Write(Shown(one, quote));
        }

        writer.Write(quote.ToString());
    }

    private static string Shown(byte one, char quote) => one switch
    {
        (byte)'\\' => @"\\",
        (byte)'\n' => @"\n",
        (byte)'\r' => @"\r",
        (byte)'\t' => @"\t",
        _ when one == quote => "\\" + quote,
        < 0x20 or > 0x7e => "\\x" + one.ToString("x2", CultureInfo.InvariantCulture),
        _ => ((char)one).ToString(),
    };
}
