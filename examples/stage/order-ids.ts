const digits = (value: number, length: number) => String(value).padStart(length, '0')

/** Ids as the platforms write them. `seed` has four digits at most, `number` six. */
export const orderIds = {
  taobao: (seed: number, number: number) => `41234${digits(seed, 4)}${digits(number, 6)}5678`,
  douyin: (seed: number, number: number) => `69200${digits(seed, 4)}${digits(number, 6)}0001`,
  pinduoduo: (seed: number, number: number, at: Date) => {
    const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '')
    return `${day}-${digits(seed, 4)}${digits(number, 6)}12345`
  },
} as const
