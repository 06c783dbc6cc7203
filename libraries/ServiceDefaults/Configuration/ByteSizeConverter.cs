using System.ComponentModel;
using System.Globalization;

namespace DaprMoE.ServiceDefaults;

/// <summary>Lets settings hold sizes.</summary>
internal sealed class ByteSizeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        ByteSize.TryParse(value as string, out ByteSize size) ? size : throw new FormatException($"'{value}' is no size.");
}
