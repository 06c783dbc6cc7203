namespace DaprMoE.Text.Tokenization;

/// <summary>
/// The characters that byte-level tokenizers write bytes with: printable Latin-1 stands for itself, the other 68 bytes are U+0100 and
/// so on.
/// </summary>
internal static class ByteAlphabet
{
    private const int FirstOther = 0x100;
    private const int CharacterCount = FirstOther + 68;

    private static readonly char[] Characters = BuildCharacters();
    private static readonly short[] Bytes = BuildBytes();

    public static char CharacterOf(byte value) => Characters[value];

    public static bool TryGetByte(char character, out byte value)
    {
        short known = character < CharacterCount ? Bytes[character] : (short)-1;
        value = (byte)known;
        return known >= 0;
    }

    private static char[] BuildCharacters()
    {
        char[] characters = new char[256];
        char other = (char)FirstOther;
        for (int value = 0; value < 256; value++)
        {
            bool itself = value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174;
            characters[value] = itself ? (char)value : other++;
        }

        return characters;
    }

    private static short[] BuildBytes()
    {
        short[] bytes = new short[CharacterCount];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
        {
            bytes[Characters[value]] = (short)value;
        }

        return bytes;
    }
}
