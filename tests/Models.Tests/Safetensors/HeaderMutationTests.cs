using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace DaprMoE.Models.Tests.Safetensors;

/// <summary>Whatever stands in a header, a file is opened or refused with the one error; and an opened one can be read in full.</summary>
public sealed class HeaderMutationTests
{
    private const string Sound = """
        {"__metadata__":{"format":"pt"},
        "a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BF16","shape":[3],"data_offsets":[16,22]}}
        """;

    private static readonly string[] Fragments =
    [
        "", "-1", "0", "1e9", "2.5", "9223372036854775807", "18446744073709551616", "null", "true", "[]", "{}", "[[[[[[[[[[", "\"F16\"",
        "\"\\ud800\"",
        "\"a\":", ",", ":", "{", "}", "]", "\"", "\\", "\u0000", "data_offsets", "shape", "\"__metadata__\":1,",
    ];

    [Fact]
    public void Open_FragmentInPlaceOfAPart_IsOpenedOrRefused() =>
        Gen.Select(Gen.Int[0, Sound.Length], Gen.Int[0, 12], Gen.Int[0, Fragments.Length - 1]).Sample(
            (start, length, which) =>
            {
                int end = Math.Min(start + length, Sound.Length);
                Check(Encoding.UTF8.GetBytes(Sound[..start] + Fragments[which] + Sound[end..]), data: 22);
            },
            iter: 2000);

    [Fact]
    public void Open_AnyBytesChanged_IsOpenedOrRefused() =>
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                byte[] header = Encoding.UTF8.GetBytes(Sound);
                foreach ((int position, byte value) in changes)
                {
                    header[position] = value;
                }

                Check(header, data: 22);
            },
            iter: 2000);

    [Fact]
    public void Open_AnyLengthOfDataAndHeader_IsOpenedOrRefused() =>
        Gen.Select(Gen.Int[0, 40], Gen.Long).Sample(
            (data, length) =>
            {
                Check(Encoding.UTF8.GetBytes(Sound), data);
                Check(Encoding.UTF8.GetBytes(Sound), data, length);
            },
            iter: 500);

    private static void Check(byte[] header, int data, long? length = null)
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] file = new byte[8 + header.Length + data];
            BinaryPrimitives.WriteInt64LittleEndian(file, length ?? header.Length);
            header.CopyTo(file, 8);
            File.WriteAllBytes(path, file);
            ReadAll(path);
        }
        catch (CheckpointException fault)
        {
            Assert.Equal(path, fault.Path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void ReadAll(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        foreach (SafetensorsTensor tensor in file.Tensors.Values)
        {
            Assert.Equal(tensor.ByteLength, file.Data(tensor.Name).Length);
            file.Read(tensor, 0, new byte[tensor.ByteLength]);
        }
    }
}
